package authz

import (
	"maps"
	"slices"
)

// Role is what a person is for one territory.
type Role string

// The roles, from the one that may do the least to the one that may do the most.
const (
	Visitor     Role = "visitor"     // anybody, not signed in
	Resident    Role = "resident"    // has an account, looks after their own affairs
	Helper      Role = "helper"      // acts with or for a person under a mandate
	Agent       Role = "agent"       // works for the authority or a partner, at a desk
	Coordinator Role = "coordinator" // keeps the directory, sends teams, answers for a service
	Manager     Role = "manager"     // answers for the territory: people, operation
)

// Roles lists every role, from the least to the most.
func Roles() []Role { return []Role{Visitor, Resident, Helper, Agent, Coordinator, Manager} }

// Valid reports whether r is a role of the table.
func (r Role) Valid() bool { return column(r) >= 0 }

// Action is something that a page or a command does, as the table knows it.
type Action string

// The actions.
const (
	ReadPublic        Action = "read public pages"
	SignIn            Action = "sign in"
	OwnAccount        Action = "see and change one's own account"
	SuggestCorrection Action = "say that something is wrong"
	ReadDirectory     Action = "read the directory behind the desk"
	EditDirectory     Action = "edit the directory"
	ImportDirectory   Action = "import into the directory"
	ReadDesk          Action = "read the desk"
	ManageUsers       Action = "manage users"
	Operate           Action = "operate" // metrics, backup
)

// y and n keep the table readable.
const (
	y = true
	n = false
)

// table is the whole of it. Each line reads: who may ACTION? One answer a role, in the order of Roles.
var table = map[Action][6]bool{
	//                 visitor, resident, helper, agent, coordinator, manager
	ReadPublic:        {y, y, y, y, y, y},
	SignIn:            {y, y, y, y, y, y},
	SuggestCorrection: {y, y, y, y, y, y},
	OwnAccount:        {n, y, y, y, y, y},
	ReadDirectory:     {n, n, y, y, y, y},
	ReadDesk:          {n, n, n, y, y, y},
	EditDirectory:     {n, n, n, n, y, y},
	ImportDirectory:   {n, n, n, n, y, y},
	ManageUsers:       {n, n, n, n, n, y},
	Operate:           {n, n, n, n, n, y},
}

// column is where a role stands in the table, -1 when it is none of it.
func column(r Role) int { return slices.Index(Roles(), r) }

// Can reports whether a role may do an action. What the table does not know is refused.
func Can(role Role, action Action) bool {
	at := column(role)
	return at >= 0 && table[action][at]
}

// Actions lists every action of the table, by name.
func Actions() []Action { return slices.Sorted(maps.Keys(table)) }

// Who is the person behind a request: the account's id and display name, and the role held in this territory. The zero
// Who is nobody and may do nothing; Anybody is a visitor.
type Who struct {
	Account string
	Name    string
	Role    Role
}

// Anybody is a person who is not signed in.
func Anybody() Who { return Who{Role: Visitor} }

// SignedIn reports whether there is an account behind the person.
func (w Who) SignedIn() bool { return w.Account != "" }

// Can reports whether this person's role may do an action. A role beyond Visitor counts only with an account behind it.
func (w Who) Can(action Action) bool {
	if w.Role != Visitor && !w.SignedIn() {
		return false
	}
	return Can(w.Role, action)
}
