//! Elements picked by index or by condition, and written the same way.

mod blend;
mod choose;
mod compress;
mod copyto;
mod count_nonzero;
mod flat_index;
mod mode;
mod nonzero;
mod place;
mod put;
mod putmask;
mod repeat;
mod select;
mod take;

pub use choose::choose;
pub use compress::{compress, extract};
pub use copyto::copyto;
pub(crate) use count_nonzero::count_all;
pub use count_nonzero::count_nonzero;
pub use flat_index::{ravel_multi_index, unravel_index};
pub use mode::Mode;
pub(crate) use mode::as_indices;
pub use nonzero::{argwhere, flatnonzero, nonzero};
pub use place::place;
pub use put::put;
pub use putmask::putmask;
pub use repeat::{Counts, repeat};
pub use select::select;
pub(crate) use select::select_block;
pub(crate) use take::along;
pub use take::take;
