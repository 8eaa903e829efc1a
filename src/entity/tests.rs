//! Tests of the entity tables.
