//! People's ways through the page, one file each, in the order of the first issue's points.

mod first_visit;
