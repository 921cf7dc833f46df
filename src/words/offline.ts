/** What the page says of its own versions. */
export const newVersion = {
  region: 'New version',
  ready: 'A new version is ready. Your project stays as it is.',
  reload: 'Reload',
  later: 'Later',
} as const;
