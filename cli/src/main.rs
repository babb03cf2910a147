//! The `citelift` command.

fn main() {}
