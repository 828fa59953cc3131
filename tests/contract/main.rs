//! The schemas of events and what events do at run time, as the contract promises it. One topic a file.

mod actors;
mod amounts_and_times;
mod api_description;
mod as_registered;
mod builder;
mod displaying;
mod docs;
mod empty_metadata;
mod encoding;
mod fitting;
mod fixtures;
mod golden;
mod joining;
mod literals;
mod own_text;
mod prefixes;
mod setters;
mod splitting;
mod text;
mod time;
mod values;
mod violations;
mod wire;
