//! All rows.

use crate::function::Function;
use crate::functions;

/// Every function and method that Python can call, in groups by the file they are in.
pub static TABLE: &[&[&Function]] = &[
    functions::averages::ROWS,
    functions::bits::ROWS,
    functions::counting::ROWS,
    functions::creation::ROWS,
    functions::distributions::ROWS,
    functions::dtypes::ROWS,
    functions::exact_statistics::ROWS,
    functions::glm::ROWS,
    functions::glm_families::ROWS,
    functions::glm_inference::ROWS,
    functions::glm_streaming::ROWS,
    functions::glm_terms::ROWS,
    functions::healpix::cells::ROWS,
    functions::healpix::coverage::ROWS,
    functions::healpix::fits::ROWS,
    functions::healpix::moc::ROWS,
    functions::healpix::neighbours::ROWS,
    functions::healpix::plane::ROWS,
    functions::healpix::positions::ROWS,
    functions::healpix::vertices::ROWS,
    functions::joining::ROWS,
    functions::memory::ROWS,
    functions::parsing::ROWS,
    functions::products::ROWS,
    functions::reductions::ROWS,
    functions::rounding::ROWS,
    functions::selection::ROWS,
    functions::sequences::ROWS,
    functions::shape::ROWS,
    functions::sorting::ROWS,
    functions::summaries::ROWS,
    functions::text::ROWS,
    functions::threads::ROWS,
];
