// How many rows are meant when nobody says a number.

/** By "top", and by a plural in a ranking. */
export const USUAL_TOP = 10;

/** In a list, unless "all" is said. */
export const USUAL_ROWS = 100;
