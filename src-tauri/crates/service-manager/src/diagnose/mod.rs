//! From what tools and programs say to a cause, its proof, and what helps.
//!
//! - [`evidence`]: the texts and facts a diagnosis may look at; can be saved and read again.
//! - [`rules`]: the wordings of every class, and decisions between look-alikes; pure.
//! - [`judge`]: what one text says. [`weigh`]: what all of them say together.
//! - [`words`]: a finding in the language of the reader, with steps for the system it is read on.
//!
//! Nothing here asks anybody: the same evidence gives the same answer everywhere, which is what makes a rule testable with
//! a text that somebody sent in.

mod benign;
pub(crate) mod classes;
pub(crate) mod evidence;
pub(crate) mod facts;
mod judge;
mod lines;
mod matching;
mod named;
mod outcome;
pub(crate) mod reading;
mod rules;
mod sign;
pub(crate) mod system;
pub(crate) mod weigh;
mod witness;
pub(crate) mod words;

#[cfg(test)]
mod tests;
