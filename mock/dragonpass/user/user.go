package user

// User is a user of the client, with the one name that the client's key of it belongs to, over passes and memberships
// (D/v1/338667m0).
type User struct {
	ClientUserID, FirstName, LastName string
	PhoneNumber, CallingCode, Email   string // empty: not told

	// Deleted says that the client has deleted it, and that the name is bound only because a pass or membership bears it.
	Deleted bool
}

// Exists says whether there is such a user, and it is not deleted.
func (u User) Exists() bool { return u.ClientUserID != "" && !u.Deleted }

// Named says whether the user has a name.
func (u User) Named(first, last string) bool { return u.FirstName == first && u.LastName == last }

// Forgotten is what is left of a user who was deleted: the name.
func (u User) Forgotten() User {
	return User{ClientUserID: u.ClientUserID, FirstName: u.FirstName, LastName: u.LastName, Deleted: true}
}
