// Package notify writes to people. A message is a row, written in the transaction of what it tells; a job sends it
// afterwards, by mail.
//
// What always holds:
//   - No change without its message, no message without its change: both are kept together or not at all.
//   - A message is sent at least once. Each try carries the same Message-ID, so that a mail program shows it once.
//   - A message that opens something (a code) is blanked once it is sent, given up, or too old to be of use.
//   - What cannot be delivered stays, with the reason, and can be put back. A reason is a code of the mail server and
//     never holds an address.
//   - Where no mail server is set messages wait; none is sent, shown or lost.
//   - In a demo nothing is sent: messages are captured and shown on a page.
package notify
