package mock

import (
	"bytes"

	"dragonmock/mock/internal/platform"
)

// Reload reads the folder of [WithScenarios] and the file of [WithScenario] again, and says whether anything changed.
// When something is wrong with any file the error has its place, and all stays as it was. Otherwise worlds made from now
// on get the new files; worlds that are there keep the stage that they were made with, but the default world: when its
// own scenario changed it begins anew, and a [World] that was taken before is not it any more.
func (s *Server) Reload() (changed bool, err error) {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	o := &options{parts: s.parts, server: &serverOptions{}, again: true}
	if err := o.apply(s.opts); err != nil {
		return false, err
	}
	if !bytes.Equal(o.stage, s.stage) {
		if err := s.platform.Renew(s.equip(o.world)); err != nil {
			return false, err
		}
		s.stage, changed = o.stage, true
	}
	if !o.shelf.same(s.shelf.Load()) {
		s.shelf.Store(o.shelf)
		changed = true
	}
	return changed, nil
}

// remember keeps what [Server.Reload] compares with.
func (s *Server) remember(opts []Option, o *options) {
	s.opts, s.stage = opts, o.stage
	s.shelf.Store(o.shelf)
}

// newWorld makes a world by options.
func (s *Server) newWorld(opts []Option) (*platform.World, error) {
	o := &options{parts: s.parts, shelf: s.shelf.Load()}
	if err := o.apply(opts); err != nil {
		return nil, err
	}
	return s.platform.Create(s.equip(o.world))
}
