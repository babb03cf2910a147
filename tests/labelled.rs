//! The shipped model on labelled references that it was not trained on (`tests/labelled/*.txt`,
//! written by another hand than the training's), and training with references of one's own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::train::{Agreement, Labelled, Trainer};
use citelift::{ErrorKind, Model, Parser};
use std::path::Path;

/// No file's words may be less often right than this.
const FLOOR: f32 = 0.88;

/// Nor the words of all files together.
const MEAN: f32 = 0.95;

#[test]
fn references_of_another_hand_are_labelled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled");
    let mut shares = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let gold = Labelled::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert!(gold.len() >= 30, "{}", path.display());
        let (right, all) = Agreement::of(&Model::shipped(), &gold).words();
        let share = right as f32 / all as f32;
        assert!(share >= FLOOR, "{}: {share}", path.display());
        shares.push(share);
    }
    let mean = shares.iter().sum::<f32>() / shares.len() as f32;
    assert!(mean >= MEAN, "{mean}");
}

/// A style that no one has: the journal before everything, the author last.
const OWN: &str = "\
@@ <container-title>Gull Letters</container-title> @@ <volume>12</volume> @@ <title>fog on the pier</title> @@ <author>Ada Roe</author>
@@ <container-title>Harbour News</container-title> @@ <volume>3</volume> @@ <title>the lamp keeper's year</title> @@ <author>Bo Lind</author>
@@ <container-title>Annals of Tides</container-title> @@ <volume>44</volume> @@ <title>salt and rope</title> @@ <author>Cy Dahl</author>
@@ <container-title>The Pilot</container-title> @@ <volume>7</volume> @@ <title>who rings the bell</title> @@ <author>Di Moss</author>
@@ <container-title>Port Studies</container-title> @@ <volume>21</volume> @@ <title>a ferry for winter</title> @@ <author>Ed Vale</author>
@@ <container-title>Coast Review</container-title> @@ <volume>9</volume> @@ <title>nets and knots</title> @@ <author>Fay Orr</author>
";

#[test]
fn references_of_ones_own_improve_the_model() {
    let own = Labelled::read(OWN).unwrap();
    let before = Agreement::of(&Model::shipped(), &own).words();
    let train = || {
        let mut trainer = Trainer::starting_from(&Model::shipped());
        trainer.add(own.clone()).passes(30);
        trainer.train(&mut |_| {})
    };
    let model = train();
    let after = Agreement::of(&model, &own).words();
    assert!(after.0 > before.0, "{before:?} {after:?}");
    let work = Parser::with_model(model.clone())
        .parse("@@ River Papers @@ 15 @@ the mill and the weir @@ Gus Hale");
    assert_eq!(work.container_title.as_deref(), Some("River Papers"));
    assert_eq!(work.title.as_deref(), Some("the mill and the weir"));
    // the same again, byte for byte
    assert_eq!(train().to_bytes(), model.to_bytes());
}

#[test]
fn what_is_no_model_and_no_labelled_reference_is_said() {
    for bytes in [&b""[..], b"citelift model 1\n", b"citelift model 1\n{}\n\xff\xff\xff\xff"] {
        assert_eq!(Model::from_bytes(bytes).unwrap_err().kind(), ErrorKind::Data);
    }
    let whole = Model::shipped().to_bytes();
    assert!(Model::from_bytes(&whole[..whole.len() - 1]).is_err());
    let error = Labelled::read("{\"text\": \"a\", \"spans\": [[0, 1, \"colour\"]]}").unwrap_err();
    assert_eq!(error.to_string(), "line 1: `colour` is no label");
    assert!(Labelled::read("{").is_err());
    let error = Labelled::read("<title>Fog</title>\n<autor>Roe, J.</autor> 2010").unwrap_err();
    assert_eq!(error.to_string(), "line 2: `autor` is no label");
    let over = "{\"text\": \"ab\", \"spans\": [[0, 2, \"title\"], [1, 2, \"date\"]]}";
    assert!(Labelled::read(over).unwrap_err().to_string().contains("lies over another"));
}

/// A model of a stranger: its numbers are numbers, but make no sense.
#[test]
fn a_model_of_wild_numbers_stops_nothing() {
    let mut bytes = Model::shipped().to_bytes();
    let end = bytes.len();
    for weight in bytes[end - 40_000..].chunks_exact_mut(4) {
        weight.copy_from_slice(&9e3f32.to_le_bytes());
    }
    let work = Parser::with_model(Model::from_bytes(&bytes).unwrap()).parse("Roe, J. (2010). Fog.");
    assert!(work.evidence.is_some());
    bytes[end - 4..].copy_from_slice(&3e38f32.to_le_bytes());
    assert!(Model::from_bytes(&bytes).is_err());
}

#[test]
fn the_forms_of_labelled_references_give_the_same() {
    let tagged = "<author>Roe, J.</author> <date>2010</date>";
    let lines = "{\"text\": \"Roe, J. 2010\", \"spans\": [[0, 7, \"author\"], [8, 12, \"date\"]]}";
    let xml =
        "<dataset><sequence>\n<author>Roe, J.</author> <date>2010</date>\n</sequence></dataset>";
    let spans = |text: &str| -> Vec<_> { Labelled::read(text).unwrap()[0].spans().collect() };
    assert_eq!(spans(tagged), spans(lines));
    assert_eq!(spans(tagged), spans(xml));
}
