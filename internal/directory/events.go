package directory

import (
	"encoding/json"

	"parvis/internal/db"
	"parvis/internal/event"
)

// The subjects of the directory's events.
const (
	SubjectOrganisation = "organisation"
	SubjectPlace        = "place"
	SubjectService      = "service"
	SubjectClosure      = "closure"
	SubjectRemark       = "remark"
)

// What can happen to them. An event's kind is subject and verb: "place.changed", "remark.made".
const (
	Added     = "added"
	Changed   = "changed"
	Confirmed = "confirmed"
	Gone      = "gone"
	Back      = "back"
	Asked     = "asked"   // a place's team, by letter, whether its record is right
	Removed   = "removed" // a closure that was entered in error
	Made      = "made"
	Settled   = "settled"
	Erased    = "erased" // a remark's words and contact
	Merged    = "merged" // a place that is shown under another record of it from now on
	Parted    = "parted" // a place that is shown for itself again
)

// Kind is the kind of event that says what happened to a subject: Kind(SubjectPlace, Changed) is "place.changed".
func Kind(subject, verb string) string { return subject + "." + verb }

// eventData is what an event says beyond its subject: ids only.
type eventData struct {
	Place        string `json:"place,omitempty"`        // the place that the subject belongs to, or is shown under
	Organisation string `json:"organisation,omitempty"` // the one that answers for the place
}

// happened appends an event to the transaction that changes the record.
func happened(tx *db.Tx, subject, verb, id, by string, data eventData) error {
	e := event.Event{Kind: Kind(subject, verb), Subject: subject, SubjectID: id, Actor: by}
	if data != (eventData{}) {
		text, err := json.Marshal(data)
		if err != nil {
			return err
		}
		e.Data = string(text)
	}
	return event.Append(tx, e)
}

// touched reads which place, or which organisation's places, look otherwise after an event; both empty when none.
func touched(e event.Event) (place, organisation string) {
	switch e.Subject {
	case SubjectPlace:
		return e.SubjectID, ""
	case SubjectOrganisation:
		return "", e.SubjectID
	case SubjectService, SubjectClosure:
		var data eventData
		_ = json.Unmarshal([]byte(e.Data), &data) // written above; a stranger's data touches nothing
		return data.Place, ""
	}
	return "", ""
}
