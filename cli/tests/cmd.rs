//! What a user types and sees: every file of `cmd/` is run as it is written.
//!
//! `TRYCMD=overwrite cargo test -p citelift-cli --test cmd` writes down what the command says
//! now; read it before you commit it.

#[test]
fn the_command_says_what_is_written_down() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .default_bin_name("citelift")
        .env("NO_COLOR", "1")
        // Help is wrapped to the width that the environment names.
        .env("COLUMNS", "100")
        .run();
}
