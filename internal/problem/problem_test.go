package problem_test

import (
	"errors"
	"fmt"
	"testing"

	"parvis/internal/problem"
)

func TestKindSurvivesWrapping(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk on fire")
	err := fmt.Errorf("keep file 7: %w", problem.Because(problem.Full, cause))
	if !problem.Is(err, problem.Full) || problem.Is(err, problem.NotFound) || !errors.Is(err, cause) {
		t.Errorf("kind %v of %v", problem.KindOf(err), err)
	}
	if problem.KindOf(cause) != problem.Internal || problem.Is(nil, problem.Internal) {
		t.Error("a stranger's error is internal, and no error is of no kind")
	}
}

func TestFieldsGatherWhatToChange(t *testing.T) {
	t.Parallel()
	var fields problem.Fields
	if fields.Err() != nil {
		t.Fatal("nothing was wrong")
	}
	fields.Add("mail", "account.mail-form", "example", "ana@example.org")
	var e *problem.Error
	if err := fields.Err(); !errors.As(err, &e) || e.Kind != problem.Invalid || e.Fields[0].Name != "mail" {
		t.Errorf("got %v", fields.Err())
	}
}
