// Package account is who can sign in, and how they prove who they are: by a password, by a code sent by mail, or by a
// link that serves once.
//
// What always holds:
//   - No secret is kept as it is: passwords are hashed with argon2id, codes and links by a token that only their holder
//     has, session tokens by SHA-256. No secret reaches a log, an event or the trail.
//   - Whether an address has an account cannot be found out here: the same answer, after the same work.
//   - Guessing is slowed down, for each account and for each network, and never locks anybody out: a browser that has
//     signed in before has a count of its own, and a code by mail is counted apart from passwords.
//   - Hashing passwords is capped for the whole program, so that sign-ins cannot eat the machine.
//   - A session ends when it rests too long, when its time is over, when its account is suspended or gets a new
//     password, and when its owner says so.
//   - Whatever changes an account appends its event; what opens doors is in the trail.
//   - A territory always keeps one active manager.
package account
