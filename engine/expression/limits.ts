/*
 * What one expression may cost. A mapping is written by people with good intentions, and is run over every record of a
 * company by a service that must not stand still.
 */

/** UTF-16 units of an expression. The longest that anyone has reason to write is a table of a few hundred pairs. */
export const expressionCharactersMax = 10_000;

/**
 * Levels of nesting in an expression. Each level is one of `stackMax` when it is evaluated, and a chain such as
 * `a & b & c` has as many levels as operators.
 */
export const nestingMax = 400;

/**
 * Brackets around `?:` or `??` on its left side, one in the other. The interpreter copies the left side, so that each
 * level doubles what is parsed: 30 of them would exhaust the memory.
 */
export const doublingsMax = 8;

/** One evaluation takes about 10 µs; one that takes this long does not end. */
export const evaluationMsMax = 500;

/**
 * Levels of evaluation at one time. Recursion without end stops here after 10 ms. Members of a list or an object count
 * beside each other, which is why there are more than recursion needs.
 */
export const stackMax = 500;

/** Members of a list that an expression makes. A search in more records than this belongs to `$find`. */
export const sequenceMax = 100_000;

/** UTF-16 units of a text that a function takes or makes: far above any field, far below what would stop the process. */
export const operandCharactersMax = 1_000_000;

/** UTF-16 units of all texts of a result together. */
export const resultCharactersMax = 1_000_000;

/** Values of a result: a list that one field could hold. */
export const resultValuesMax = 10_000;

/** Levels of lists and objects in a result. */
export const resultDepthMax = 32;

/**
 * Records on which an expression may run out of time in one run before it is not tried any more: 50,000 records at
 * half a second each would be seven hours.
 */
export const timeoutsMax = 3;

/** Evaluations between two pauses in which the process answers requests and renews its leases: about 10 ms of work. */
export const evaluationsBetweenPauses = 500;
