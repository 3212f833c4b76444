package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"dragonmock/mock"
)

// calm is how long nothing must have changed before files are read again: whoever writes them needs a while.
const calm = 100 * time.Millisecond

// watcher reads scenarios again when they have changed, or at a SIGHUP.
type watcher struct {
	server *mock.Server
	log    *slog.Logger
	hangUp chan os.Signal
	files  *fsnotify.Watcher // nil without --watch
	tree   string            // the folder of --scenarios; its subfolders are watched too
	beside string            // the folder of the file of --scenario; empty: there is no such file
	done   chan struct{}
}

// watch begins to watch.
func (s serve) watch(ctx context.Context, m *mock.Server, log *slog.Logger) (*watcher, error) {
	w := &watcher{server: m, log: log, hangUp: make(chan os.Signal, 1), tree: s.Scenarios, done: make(chan struct{})}
	if s.Watch {
		if err := w.open(s.Scenario); err != nil {
			return nil, err
		}
	}
	signal.Notify(w.hangUp, syscall.SIGHUP)
	go w.run(ctx)
	return w, nil
}

// open watches folders, not files: an editor puts another file in the place of the one that is watched. What the folders
// stand in is watched too: a checkout may remove a folder, and make another of its name.
func (w *watcher) open(scenario string) (err error) {
	if w.files, err = fsnotify.NewWatcher(); err != nil {
		return err
	}
	if w.tree != "" {
		w.tree = filepath.Clean(w.tree)
		err = errors.Join(w.addTree(w.tree), w.files.Add(filepath.Dir(w.tree)))
	}
	if info, missing := os.Stat(scenario); missing == nil && !info.IsDir() {
		w.beside = filepath.Dir(scenario)
		err = errors.Join(err, w.files.Add(w.beside), w.files.Add(filepath.Dir(w.beside)))
	}
	if w.tree == "" && w.beside == "" {
		err = errors.New("--watch wants --scenarios, or a file for --scenario")
	}
	if err != nil {
		_ = w.files.Close()
	}
	return err
}

// addTree watches a folder and those in it.
func (w *watcher) addTree(folder string) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case path != folder && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		}
		return w.files.Add(path)
	})
}

// run reads again until ctx ends.
func (w *watcher) run(ctx context.Context) {
	defer close(w.done)
	defer signal.Stop(w.hangUp)
	var events chan fsnotify.Event
	var troubles chan error
	quiet := time.NewTimer(calm) // what changed between the first reading and the first watching
	defer quiet.Stop()
	if w.files != nil {
		defer w.files.Close()
		events, troubles = w.files.Events, w.files.Errors
	} else {
		quiet.Stop()
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.hangUp:
			if w.reload() {
				w.log.Info("nothing has changed")
			}
		case <-quiet.C:
			w.reload()
		case event := <-events:
			if event.Has(fsnotify.Create) {
				w.follow(event.Name)
			}
			if w.inTree(event.Name) || event.Name == w.beside || filepath.Dir(event.Name) == w.beside {
				quiet.Reset(calm)
			}
		case err := <-troubles:
			w.log.Warn("changes may have been missed", "error", err)
			quiet.Reset(calm)
		}
	}
}

// follow watches a folder that was made.
func (w *watcher) follow(folder string) {
	var err error
	switch {
	case w.inTree(folder):
		err = w.addTree(folder)
	case folder == w.beside:
		err = w.files.Add(folder)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.log.Warn("a folder is not watched", "folder", folder, "error", err)
	}
}

// inTree says whether a path is the folder of --scenarios, or below it and not hidden.
func (w *watcher) inTree(path string) bool {
	below, err := filepath.Rel(w.tree, path)
	return w.tree != "" && err == nil && filepath.IsLocal(below) && !strings.HasPrefix(filepath.Base(path), ".")
}

// reload reads the scenarios again, and says whether they are as they were.
func (w *watcher) reload() (same bool) {
	changed, err := w.server.Reload()
	switch {
	case err != nil:
		w.log.Error("scenarios not reloaded, those before stay", "error", err)
		return false
	case changed:
		w.log.Info("scenarios reloaded")
	}
	return !changed
}

// wait waits until the watcher has ended, as it does when its context ends.
func (w *watcher) wait() { <-w.done }
