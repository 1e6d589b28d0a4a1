//! Shapes and strides: how an array lies in its memory.
