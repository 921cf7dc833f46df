/** Sentences of the share dialog. */
export const share = {
  title: (project: string): string => `Share ${project}`,
  action: 'Share',
  tip: 'Link, QR code, badge, command and hash',
  link: 'Link',
  linkIs:
    'Opens this project anywhere, and says whether it is still the same. It stands behind the #, so no server sees it.',
  local: 'This page is served by your own machine, so the link and the code open here alone.',
  qr: 'QR code',
  qrLabel: 'QR code of the link',
  qrLong: 'The link is too long for a QR code.',
  badge: 'Badge for a README',
  badgeAlt: 'Made with Stackwright',
  badgeIs: 'Markdown: a picture from this page, which leads to the project.',
  command: 'Command',
  hash: 'Project hash',
  hashIs: 'Whoever gets these files gets this hash: the page shows it, and “stackwright verify” computes it anew.',
  waiting: 'The files are being made…',
} as const;
