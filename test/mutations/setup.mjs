/** A mutant only has to be noticed: no search for the smallest counterexample. */
import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true });
