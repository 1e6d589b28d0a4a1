//! Which loop serves a call.

use smallvec::SmallVec;

use super::{Input, Loop, Signature, Ufunc};
use crate::dtype::{Casting, Weak, can_cast};
use crate::{DType, Error, Result};

impl Ufunc {
    /// The first loop to which the inputs can be cast.
    pub(super) fn resolve(
        &self,
        inputs: &[Input<'_>],
        signature: Option<&Signature>,
        casting: Casting,
    ) -> Result<&Loop> {
        let dtypes = super::input::effective_dtypes(inputs);
        let found = self.resolve_dtypes(&dtypes, signature, casting);
        if found.is_ok() || signature.is_some() {
            return found;
        }
        // Where operands play different parts (`ldexp`), a Python number may have to keep a type of its own.
        let own = |input: &Input<'_>, dtype: &DType| {
            input.weak().map_or(dtype.clone(), Weak::default_dtype)
        };
        let defaults: SmallVec<[DType; 4]> = inputs
            .iter()
            .zip(&dtypes)
            .map(|(input, dtype)| own(input, dtype))
            .collect();
        self.resolve_dtypes(&defaults, None, casting).or(found)
    }

    /// As for a call with inputs of these types.
    ///
    /// # Errors
    /// If no loop takes them.
    pub fn resolve_dtypes(
        &self,
        dtypes: &[DType],
        signature: Option<&Signature>,
        casting: Casting,
    ) -> Result<&Loop> {
        let bools = dtypes.iter().all(|dtype| *dtype == DType::Bool);
        if bools && self.refuses_bool && signature.is_none() {
            return Err(self.no_loop(dtypes, casting));
        }
        let Some(signature) = signature else {
            let fits = |row: &&Loop| {
                dtypes
                    .iter()
                    .zip(&row.inputs)
                    .all(|(from, to)| can_cast(from, to, Casting::Safe))
            };
            return self
                .loops
                .iter()
                .find(fits)
                .ok_or_else(|| self.no_loop(dtypes, casting));
        };
        let fixed = |row: &Loop| {
            let types = row.inputs.iter().chain(&row.outputs);
            types
                .zip(signature)
                .all(|(have, want)| want.as_ref().is_none_or(|want| want == have))
        };
        let castable = |row: &Loop, rule: Casting| {
            dtypes
                .iter()
                .zip(&row.inputs)
                .all(|(from, to)| can_cast(from, to, rule))
        };
        // Inputs whose type is not fixed must not lose anything if it can be helped.
        let free_inputs_safe = |row: &Loop| {
            (0..self.nin).all(|i| {
                signature[i].is_some() || can_cast(&dtypes[i], &row.inputs[i], Casting::Safe)
            })
        };
        let matching: SmallVec<[&Loop; 8]> = self.loops.iter().filter(|row| fixed(row)).collect();
        matching
            .iter()
            .find(|row| free_inputs_safe(row) && castable(row, casting))
            .or_else(|| matching.iter().find(|row| castable(row, casting)))
            .or_else(|| matching.first())
            .copied()
            .ok_or_else(|| {
                Error::no_loop(format!(
                    "No loop matching the specified signature and casting was found for ufunc {}",
                    self.name
                ))
            })
    }

    fn no_loop(&self, dtypes: &[DType], _: Casting) -> Error {
        if self.name == "subtract" && dtypes.iter().all(|dtype| *dtype == DType::Bool) {
            return Error::type_(
                "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or \
                 the logical_xor function instead.",
            );
        }
        if self.name == "negative" && dtypes.iter().all(|dtype| *dtype == DType::Bool) {
            return Error::type_(
                "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the \
                 logical_not function instead.",
            );
        }
        Error::no_loop(format!(
            "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported \
             types according to the casting rule ''safe''",
            self.name
        ))
    }

    /// Refuses casts that the rule does not allow.
    pub(super) fn check_casts(
        &self,
        inputs: &[Input<'_>],
        row: &Loop,
        out: &[Option<DType>],
        casting: Casting,
    ) -> Result<()> {
        for (i, (input, to)) in inputs.iter().zip(&row.inputs).enumerate() {
            if let Some(from) = input.dtype()
                && from != *to
                && !can_cast(&from, to, casting)
            {
                let which = if self.nin == 1 {
                    String::from("input")
                } else {
                    format!("input {i}")
                };
                return Err(self.cannot_cast(&which, &from, to, casting));
            }
        }
        for (i, (from, to)) in row.outputs.iter().zip(out).enumerate() {
            if let Some(to) = to
                && from != to
                && !can_cast(from, to, casting)
            {
                let which = if self.nout == 1 {
                    String::from("output")
                } else {
                    format!("output {i}")
                };
                return Err(self.cannot_cast(&which, from, to, casting));
            }
        }
        Ok(())
    }

    fn cannot_cast(&self, which: &str, from: &DType, to: &DType, casting: Casting) -> Error {
        Error::casting(format!(
            "Cannot cast ufunc '{}' {which} from dtype('{from}') to dtype('{to}') with casting rule '{}'",
            self.name,
            casting.name()
        ))
    }
}
