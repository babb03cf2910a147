//! Training: labelled references in, a [`Model`](crate::Model) out.
//!
//! ```
//! use citelift::train::{Labelled, Trainer};
//! let lines = "<title>Harbour watch</title>, by <author>J. Roe</author>, <date>2010</date>\n\
//!              <title>Fog and bells</title>, by <author>A. Doe</author>, <date>2012</date>";
//! let mut trainer = Trainer::starting_from(&citelift::Model::shipped());
//! trainer.add(Labelled::read(lines)?);
//! let model = trainer.train(&mut |_| {});
//! let work = citelift::Parser::with_model(model).parse("Ice and oil, by M. Poe, 2013");
//! assert_eq!(work.title.as_deref(), Some("Ice and oil"));
//! # Ok::<(), citelift::Error>(())
//! ```

mod agreement;
mod around;
mod augment;
mod chain;
mod encode;
mod forward;
mod gradient;
mod optimise;
mod random;
mod read;
mod recipe;
mod reference;
mod setting;
mod source;
mod trainer;

pub use agreement::Agreement;
pub use reference::Labelled;
pub use source::Source;
pub use trainer::{Progress, Trainer};
