//! Fuzzes `citelift_fuzz::model`; what must hold is said there.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| citelift_fuzz::model(data));
