package directory

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parvis/internal/audit"
	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/notify"
	"parvis/internal/problem"
)

// DeskList is one of the lists that keep the directory true.
type DeskList string

// The lists, in the order of what is most urgent.
const (
	DeskRemarks DeskList = "remarks" // what visitors say is wrong
	DeskTwins   DeskList = "twins"   // records that may be one place
	DeskStale   DeskList = "stale"   // nobody confirmed it in time, or ever
	DeskAsk     DeskList = "confirm" // its team is asked
	DeskGone    DeskList = "gone"    // closed for good
	DeskDecided DeskList = "decided" // records of which somebody said whether they are one place
)

// DeskLists are all of them.
func DeskLists() []DeskList {
	return []DeskList{DeskRemarks, DeskTwins, DeskStale, DeskAsk, DeskGone, DeskDecided}
}

// DeskFilter narrows a list of places.
type DeskFilter struct {
	Unit  string // of one administrative unit; empty: of all
	Reach string // "letter": its own address or the desk's is known; "call": it is not; empty: both
}

// The ways to reach a team.
const (
	ReachLetter = "letter"
	ReachCall   = "call"
)

// DeskCounts is how many wait on each list, all filters aside.
type DeskCounts map[DeskList]int

// DeskPlace is a place on a list.
type DeskPlace struct {
	Place     Place
	Freshness Freshness
	Quality   Quality
	Asked     time.Time // when its team was last written to; zero when it never was
	Stopped   bool      // the team wants no more reminders
	Address   bool      // there is an address to write to
}

// where is the condition of a list of places, with its parameters from $1 on.
func (d *Directory) where(tx *db.Tx, list DeskList, f DeskFilter) (string, []any) {
	stale := db.At(tx.Now().In(d.setting.Zone).AddDate(0, -d.setting.Months, 0))
	var cond string
	var args []any
	switch list {
	case DeskStale:
		cond, args = "p.gone IS NULL AND "+checkedColumn+" < $1", []any{stale}
	case DeskAsk:
		cond, args = "p.gone IS NULL AND "+checkedColumn+" >= $1 AND "+checkedColumn+" < $2", []any{stale, d.askedBefore(tx)}
	default:
		cond = "p.gone IS NOT NULL"
	}
	cond += " AND p.twin_of IS NULL"
	if f.Unit != "" {
		args = append(args, f.Unit)
		cond += fmt.Sprintf(" AND p.unit = $%d", len(args))
	}
	const byLetter = `(COALESCE(k.mail, '') <> '' OR p.contact LIKE '%"mails"%')`
	switch f.Reach {
	case ReachLetter:
		cond += " AND " + byLetter
	case ReachCall:
		cond += " AND NOT " + byLetter
	}
	return cond, args
}

const deskFrom = " FROM directory_place p LEFT JOIN directory_keeper k ON k.place = p.id WHERE "

// DeskCounts counts what waits on each list.
func (d *Directory) DeskCounts(ctx context.Context) (DeskCounts, error) {
	counts := DeskCounts{}
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		for _, list := range DeskLists() {
			var n int
			query, args := d.waiting(tx, list)
			if err := tx.QueryRow("SELECT COUNT(*)"+query, args...).Scan(&n); err != nil {
				return err
			}
			counts[list] = n
		}
		return nil
	})
	return counts, err
}

// waiting is what a list counts.
func (d *Directory) waiting(tx *db.Tx, list DeskList) (from string, args []any) {
	switch list {
	case DeskRemarks:
		return " FROM directory_remark WHERE settled IS NULL", nil
	case DeskTwins:
		return bothThere + waitingTwins, nil
	case DeskDecided:
		return bothThere + decidedTwins, nil
	}
	cond, args := d.where(tx, list, DeskFilter{})
	return deskFrom + cond, args
}

// DeskPlaces lists the places of a list, the longest unconfirmed first, and says how many there are in all.
func (d *Directory) DeskPlaces(ctx context.Context, list DeskList, f DeskFilter, limit, offset int) (found []DeskPlace, total int, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		found = nil
		cond, args := d.where(tx, list, f)
		if err := tx.QueryRow("SELECT COUNT(*)"+deskFrom+cond, args...).Scan(&total); err != nil {
			return err
		}
		page := fmt.Sprintf(" ORDER BY %s, p.id LIMIT $%d OFFSET $%d", checkedColumn, len(args)+1, len(args)+2)
		rows, err := tx.Query("SELECT p.id"+deskFrom+cond+page, append(args, limit, offset)...)
		ids, err := db.Collect(rows, err, db.One[string])
		if err != nil {
			return err
		}
		found, err = d.deskPlaces(tx, ids)
		return err
	})
	return found, total, err
}

func (d *Directory) deskPlaces(tx *db.Tx, ids []string) ([]DeskPlace, error) {
	places, err := shownByID(tx, ids)
	if err != nil {
		return nil, err
	}
	services, err := servicesAt(tx, ids)
	if err != nil {
		return nil, err
	}
	all := make([]DeskPlace, len(places))
	for i := range places {
		one := DeskPlace{Place: places[i], Freshness: d.Freshness(places[i].Record)}
		one.Quality = QualityOf(&one.Place, services[one.Place.ID], one.Freshness)
		k, err := keeperOf(tx, one.Place.ID)
		if err != nil {
			return nil, err
		}
		to, err := addressOf(tx, one.Place.ID)
		if err != nil {
			return nil, err
		}
		last, err := lastLink(tx, one.Place.ID)
		if err != nil {
			return nil, err
		}
		one.Stopped, one.Address, one.Asked = !k.stopped.IsZero(), to != "", last.Time
		all[i] = one
	}
	return all, nil
}

// DeskPlace is one place as the desk sees it.
func (d *Directory) DeskPlace(ctx context.Context, place string) (one DeskPlace, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		all, err := d.deskPlaces(tx, []string{place})
		if err == nil && len(all) == 0 {
			err = problem.Because(problem.NotFound, fmt.Errorf("no place %q", place))
		}
		if err == nil {
			one = all[0]
		}
		return err
	})
	return one, err
}

// SetTeamMail changes where letters to a place's team go; empty: to the address that its record shows. Earlier links
// serve no more when that is another address than before. Nobody can read the address afterwards: it is written over.
func (d *Directory) SetTeamMail(ctx context.Context, by authz.Who, place, mail string) error {
	if mail = oneLine(mail); mail != "" {
		address, ok := ParseMail(mail)
		if !ok {
			var wrong problem.Fields
			wrong.Add("mail", "directory.wrong.mail", "Value", mail)
			return wrong.Err()
		}
		mail = address
	}
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if err := placeThere(tx, place); err != nil {
			return err
		}
		if k, err := keeperOf(tx, place); err != nil || k.mail == mail {
			return err
		}
		if err := setKeeper(tx, place, "mail = $2, stopped = NULL", mail); err != nil {
			return err
		}
		return noted(tx, by.Account, string(by.Role), "record.team-mail", place, nil)
	})
	return whole("set team's address of place", place, err)
}

// OpenRemark reads one remark with whom to answer. The look is written down: the person may be known by the address.
func (d *Directory) OpenRemark(ctx context.Context, by authz.Who, remark string) (r Remark, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		found := false
		if r, found, err = remarkByID(tx, remark); err != nil {
			return err
		}
		if !found {
			return problem.Because(problem.NotFound, fmt.Errorf("no remark %q", remark))
		}
		if r.Contact == "" {
			return nil
		}
		return audit.Looked(tx, audit.Look{Actor: by.Account, Role: string(by.Role), Person: r.ID, Subject: SubjectRemark, SubjectID: r.ID, Reason: "answer"})
	})
	return r, whole("open remark", remark, err)
}

// AnswerRemark settles a remark and, where its author left a mail address, writes what was done. accepted says whether
// the record was changed for it.
func (d *Directory) AnswerRemark(ctx context.Context, by authz.Who, remark string, accepted bool, answer string) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		r, err := settle(tx, by.Account, remark, answer)
		if err != nil {
			return err
		}
		action := "record.remark-refused"
		if accepted {
			action = "record.remark-accepted"
		}
		if to, ok := ParseMail(r.Contact); ok {
			if err := d.writeAnswer(tx, r, to, accepted); err != nil {
				return err
			}
		}
		return noted(tx, by.Account, string(by.Role), action, r.Place, map[string]string{"remark": r.ID})
	})
	return whole("answer remark", remark, err)
}

// writeAnswer thanks the author of a remark, and tells what was done, in the author's language.
func (d *Directory) writeAnswer(tx *db.Tx, r Remark, to string, accepted bool) error {
	places, err := placesByID(tx, []string{r.Place})
	if err != nil {
		return err
	}
	words := d.words.printers[r.Language]
	if words == nil {
		words = d.words.printers[d.setting.Languages[0]]
	}
	key := "directory.letter.refused-text"
	if accepted {
		key = "directory.letter.accepted-text"
	}
	args := []any{"Place", d.nameIn(words, places[0].Name), "House", d.nameIn(words, d.setting.House), "Phone", d.setting.Phone, "Code", r.Code,
		"Answer", r.Answer, "Page", d.setting.Origin + "/places/" + r.Place + "?hl=" + words.Lang()}
	_, err = notify.Write(tx, notify.Message{
		To: to, Lang: words.Lang(), Kind: "record.answer",
		Subject: heading(words.T("directory.letter.answer-subject", args...)), Text: strings.ReplaceAll(words.T(key, args...), "\n\n\n\n", "\n\n"), // no answer leaves no gap
	})
	return err
}
