//! What an `nditer` hands out at a place: elements where they lie, or in buffers.

use rustsci_array::nditer::{Axes, Chunk, Cursor};
use rustsci_array::{Array, Order, Result};
use rustsci_buffer::{Layout, Shape, Strides};
use smallvec::SmallVec;

use super::operands::Operand;

/// A stretch of elements of all operands.
pub(super) struct Stretch {
    pub(super) count: usize,
    /// Which of them is the current one, where they are handed out one by one.
    pub(super) current: usize,
    parts: SmallVec<[Part; 3]>,
}

/// The elements of one operand in a stretch.
struct Part {
    /// What is handed out: the operand's array, or a buffer.
    array: Array,
    /// Where its first element lies, and the step to the next.
    offset: usize,
    step: isize,
    /// The elements in the operand that the buffer stands for.
    buffered: Option<Array>,
}

/// How stretches are made.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// The most elements.
    pub(super) most: usize,
    /// Whether elements may be copied to buffers.
    pub(super) buffered: bool,
    /// Whether a stretch may be longer where nothing is copied.
    pub(super) grows: bool,
}

impl Stretch {
    /// The elements from a place on, at most as many as there are up to the end.
    pub(super) fn new(
        operands: &[Operand],
        axes: &Axes,
        cursor: &Cursor,
        left: usize,
        limits: Limits,
    ) -> Result<Self> {
        let converts = operands
            .iter()
            .any(|operand| operand.dtype != *operand.array.dtype());
        let most = if !limits.buffered || (limits.grows && !converts) {
            left
        } else {
            limits.most.min(left)
        };
        // A result that several elements go into must not be in a buffer twice.
        let stands_still = |(operand, steps): (&Operand, &Strides)| {
            let still = steps
                .iter()
                .zip(&axes.lengths)
                .any(|(&step, &length)| step == 0 && length > 1);
            operand.use_.write && still
        };
        let innermost = !limits.buffered || operands.iter().zip(&axes.steps).any(stands_still);
        let chunk = Chunk::new(axes, cursor, most, innermost);
        let parts = operands
            .iter()
            .enumerate()
            .map(|(number, operand)| Part::new(operand, number, axes, cursor, &chunk));
        Ok(Self {
            count: chunk.count,
            current: 0,
            parts: parts.collect::<Result<_>>()?,
        })
    }

    /// The current element of an operand, or all of them.
    pub(super) fn view(&self, number: usize, whole: bool) -> Array {
        let part = &self.parts[number];
        let layout = if whole {
            Layout {
                shape: Shape::from_elem(self.count, 1),
                strides: Strides::from_elem(part.step, 1),
                offset: part.offset,
            }
        } else {
            let offset = part
                .offset
                .wrapping_add_signed(part.step * self.current as isize);
            Layout {
                shape: Shape::new(),
                strides: Strides::new(),
                offset,
            }
        };
        part.array.with_layout(layout)
    }

    /// Whether what is handed out of an operand is in a buffer.
    pub(super) fn is_buffer(&self, number: usize) -> bool {
        self.parts[number].buffered.is_some()
    }

    /// Writes buffers back to the operands that are written to.
    pub(super) fn flush(&self, operands: &[Operand]) -> Result<()> {
        for (part, operand) in self.parts.iter().zip(operands) {
            if let Some(target) = part.buffered.as_ref().filter(|_| operand.use_.write) {
                target.assign(&part.array)?;
            }
        }
        Ok(())
    }
}

impl Part {
    fn new(
        operand: &Operand,
        number: usize,
        axes: &Axes,
        cursor: &Cursor,
        chunk: &Chunk,
    ) -> Result<Self> {
        let array = &operand.array;
        let (offset, step) = (cursor.offsets[number], chunk.step(axes, number));
        let packed = |step: isize| step == array.item_size() as isize || chunk.count == 1;
        let converts = operand.dtype != *array.dtype();
        if let Some(step) = step
            && !converts
            && (!operand.use_.contiguous || packed(step))
            && (!operand.use_.aligned || array.is_aligned())
        {
            return Ok(Self {
                array: array.clone(),
                offset,
                step,
                buffered: None,
            });
        }
        let steps = chunk.steps(axes, number);
        // One element that results of all go into is one in the buffer too.
        let still = steps.iter().all(|&step| step == 0);
        let single = still && (operand.use_.write || !operand.use_.contiguous);
        let (shape, strides): (Shape, Strides) = if single {
            (Shape::new(), Strides::new())
        } else {
            (chunk.shape[..].into(), steps.into())
        };
        let elements = array.with_layout(Layout {
            shape,
            strides,
            offset,
        });
        let buffer = Array::empty(elements.shape(), &operand.dtype, Order::C)?;
        if operand.use_.read {
            buffer.assign(&elements)?;
        }
        Ok(Self {
            offset: buffer.layout().offset,
            step: if single {
                0
            } else {
                buffer.item_size() as isize
            },
            array: buffer,
            buffered: Some(elements),
        })
    }
}
