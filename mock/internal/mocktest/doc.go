// Package mocktest owns the harness of the tests: servers to test against, a client of the vendor as a test writes one,
// the test author's side, an inbox for callbacks, files and keys. Only tests import it.
//
// A test of any room begins in the same way:
//
//	srv, c := mocktest.Start(t)
//	pass := mocktest.EPassID(c.Issue(2))
//	c.Book(pass, c.Place(pass, "N00001", mocktest.Thursday, 1)).OK()
//	mocktest.Advance(t, srv.World(), time.Hour)
//
// Helpers that are given a test end it when something fails that the test is not about. What a test is about it calls
// itself, and reads the error.
package mocktest
