// Package problem is how anything that goes wrong is told: to the person in a sentence of their language, to the
// operator as a cause. The two never mix: a person never sees a cause.
package problem

import (
	"errors"
	"fmt"
)

// Kind says what sort of trouble it is, and so which page answers it.
type Kind uint8

// The kinds, with the HTTP status that web gives to each.
const (
	Internal        Kind = iota // 500: ours, unexpected
	Invalid                     // 422: what was entered cannot be used as it is; Fields say where
	NotFound                    // 404
	Gone                        // 410: it was here and is not any more
	Unauthenticated             // 401: sign in first
	Forbidden                   // 403: signed in, and not allowed
	Conflict                    // 409: somebody else changed it, or it exists already
	TooLarge                    // 413
	TooMany                     // 429: slow down
	Unavailable                 // 503: try again shortly
	Full                        // 507: no space to keep it; nothing was kept
)

var kindNames = [...]string{"internal", "invalid", "not found", "gone", "unauthenticated", "forbidden", "conflict",
	"too large", "too many", "unavailable", "full"}

// String gives the kind's name for logs and metrics.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "internal"
}

// Field is one entered value that cannot be used: the field's name in the form, the message key that says what to
// change, and the message's arguments as name, value pairs.
type Field struct {
	Name string
	Key  string
	Args []any
}

// Error is a trouble of a kind. Key is the message for the person (empty: the kind's own message), Fields the
// entered values to correct, Cause what the log gets.
type Error struct {
	Kind   Kind
	Key    string
	Args   []any
	Fields []Field
	Cause  error
}

// New returns an error of a kind whose message for the person is key with args (name, value pairs).
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Because returns an error of a kind with a private cause; the person reads the kind's own message.
func Because(kind Kind, cause error) *Error { return &Error{Kind: kind, Cause: cause} }

// Error is for the log: kind, key and cause. It is never shown to a person.
func (e *Error) Error() string {
	text := e.Kind.String()
	if e.Key != "" {
		text += " (" + e.Key + ")"
	}
	for _, field := range e.Fields {
		text += fmt.Sprintf(" %s: %s;", field.Name, field.Key)
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap gives the private cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf is the kind of the first Error in err's chain; Internal when there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of the kind. A nil err is of no kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Fields collects what is wrong with a form, field by field. Its zero value is ready.
type Fields []Field

// Add notes that the named field cannot be used, with the message key that says what to change.
func (f *Fields) Add(name, key string, args ...any) {
	*f = append(*f, Field{Name: name, Key: key, Args: args})
}

// Err is nil when nothing was noted, else an Invalid error with all of it.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Fields: f}
}
