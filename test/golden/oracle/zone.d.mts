/** Epoch seconds. @param month 1–12 @param secondOfDay may exceed a day */
export function localToEpoch(zone: string, year: number, month: number, day: number, secondOfDay: number): number;
export function secondOfDay(text: string): number;
export function hourOf(epoch: number): string;
export const MONTHS: string[];
