//! Real mail and hostile mail, where it is to be had (`TRAGHETTO_CORPUS`, as for the engine's tests).
