//! What the slots of the host's classes call: the parts of them that need no host.
