//! Nothing but tests, which stand beside this folder: the public contract, seen from outside.
