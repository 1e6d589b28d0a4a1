//! Sorting, selection and searching on slices.
