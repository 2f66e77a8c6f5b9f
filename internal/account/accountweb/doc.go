// Package accountweb is the pages by which people come in, see where they are signed in, and go: /sign-in, /sign-in/code,
// /sign-out, /account, /account/password, /invitation/{token}, and in a demo /_demo.
//
// What always holds: every page works without scripts; what is wrong stands beside its field, and what was typed is kept,
// passwords and codes never; a session's cookie can be read by no script, is sent by no other site's form, and over
// https bears the __Host- prefix; signing in makes a new session and ends the one before; without https one signs in at
// the machine itself or in a demo, and nowhere else.
package accountweb
