/** What `npm test` leaves out to end in time, and `npm run test:all` does not. */

/** Whether nothing is left out: everything that differs then asks here. */
export const UNCUT = process.env.UNCUT === '1';

/** How many there are of something in every run, and where nothing is left out. */
export const amount = (usual: number, uncut: number): number => (UNCUT ? uncut : usual);
