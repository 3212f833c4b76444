package statefile

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"dragonmock/mock/internal/readfile"
)

// File is a state file that a server has taken: until it is let go no other process takes it, be it in another container
// on the same volume.
type File struct {
	path   string
	target string   // what the path leads to, links followed; it need not be there
	lock   *os.File // nil: let go
	known  fs.FileInfo
	digest [sha256.Size]byte // of what the file held when it was read or written last
	kept   string            // where state is kept that could not go into the file; empty: there was none
}

// Open takes a state file, which need not be there yet, to be read and closed before it is written: nil when it is not
// there. Errors: another process has it; its folder cannot be written to; it is no regular file; it is not as it was saved.
func Open(path string) (*File, io.ReadCloser, error) {
	to, err := follow(path)
	if err != nil {
		return nil, nil, err
	}
	if err := readfile.Regular(to); err != nil { // before anything is made beside it
		return nil, nil, err
	}
	f := &File{path: path, target: to}
	if err := f.take(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := f.probe(); err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("%s: it cannot be written: %w", path, err)
	}
	from, err := f.read()
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	if from == nil { // and not a nil of its type
		return f, nil, nil
	}
	return f, from, nil
}

func (f *File) take() (err error) {
	f.lock, err = locked(filepath.Join(filepath.Dir(f.target), f.beside("lock")))
	return err
}

// probe makes a file in the folder, as every save does: a lock that was left there says nothing of that.
func (f *File) probe() error {
	file, err := os.CreateTemp(filepath.Dir(f.target), f.beside("saving-*"))
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// reading is a file that is read without its seal.
type reading struct {
	io.Reader
	io.Closer
}

func (f *File) read() (*reading, error) {
	file, info, err := readfile.Open(f.target, readfile.State)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f.known = info
	digest, from, err := unseal(file, info.Size())
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	f.digest = digest
	return &reading{from, file}, nil
}

// Close lets the file go.
func (f *File) Close() {
	if f.lock != nil {
		_ = os.Remove(f.lock.Name()) // first, so that nobody takes a lock that is about to go
		_ = f.lock.Close()
		f.lock = nil
	}
}

// Tidy removes what a process left beside the file that was killed while it saved. It is called when what the file holds
// has proved good.
func (f *File) Tidy() {
	left, _ := filepath.Glob(filepath.Join(literal(filepath.Dir(f.target)), literal(f.beside("saving-"))+"*"))
	for _, name := range left {
		_ = os.Remove(name)
	}
}

// Write puts a JSON object, sealed, into the file: the whole of it or nothing, whatever happens meanwhile. Only its owner
// may read it. A file that somebody else has changed since it was read, or that another process has taken since it was let
// go, is left alone: the object is kept beside it, and the error says where. An error of the function ends it, and nothing
// is written.
func (f *File) Write(object func(*Draft) error) error {
	if f.lock == nil {
		if err := f.take(); err != nil {
			return f.keep(object, err)
		}
		defer f.Close()
	}
	if err := f.checkUnchanged(); err != nil {
		return f.keep(object, err)
	}
	if err := f.replace(object); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	var err error
	f.known, err = os.Stat(f.target)
	return err
}

// Unchanged says whether the file is the one that was read or written last.
func (f *File) Unchanged() bool {
	info, err := os.Stat(f.target)
	return err == nil && f.same(info)
}

// same says whether a file is, by what the system says of it, the one that was read or written last.
func (f *File) same(info fs.FileInfo) bool {
	return f.known != nil && os.SameFile(info, f.known) && info.Size() == f.known.Size() && info.ModTime().Equal(f.known.ModTime())
}

// checkUnchanged refuses a file that does not hold what it held when it was read or written last. One that is not there
// any more can lose nothing.
func (f *File) checkUnchanged() error {
	info, err := os.Stat(f.target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if f.same(info) {
		return nil
	}
	if f.known != nil {
		if digest, err := digestOf(f.target); err == nil && digest == f.digest {
			return nil
		}
	}
	return errors.New("somebody else has changed it since it was read, so it is not overwritten")
}

// digestOf is the digest of a file as it is now.
func digestOf(path string) (digest [sha256.Size]byte, err error) {
	file, info, err := readfile.Open(path, readfile.State)
	if err != nil {
		return digest, err
	}
	defer file.Close()
	all := sha256.New()
	_, err = io.Copy(all, io.LimitReader(file, info.Size()))
	all.Sum(digest[:0])
	return digest, err
}

// keep puts an object beside the file that cannot go into it, and says why and where.
func (f *File) keep(object func(*Draft) error, why error) error {
	path, _, err := f.draft(f.name()+".kept-*", object)
	if err != nil {
		return fmt.Errorf("%s: %w; nor can the state be kept beside it: %w", f.path, why, err)
	}
	if f.kept != "" {
		_ = os.Remove(f.kept)
	}
	f.kept = path
	return fmt.Errorf("%s: %w; the state is kept in %s", f.path, why, f.kept)
}

// draft writes an object into a file of its own in the folder of the state file, which is gone again on an error.
func (f *File) draft(pattern string, object func(*Draft) error) (path string, digest [sha256.Size]byte, err error) {
	file, err := os.CreateTemp(filepath.Dir(f.target), pattern)
	if err != nil {
		return "", digest, err
	}
	d := newDraft(file)
	if err = object(d); err == nil {
		digest, err = d.seal()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(file.Name())
	}
	return file.Name(), digest, err
}

// replace puts another file in place of the one that is there. One with several names keeps them, and so does one that
// is mounted by itself: it is written over, and until that is done the whole stands beside it.
func (f *File) replace(object func(*Draft) error) error {
	temporary, digest, err := f.draft(f.beside("saving-*"), object)
	if err != nil {
		return err
	}
	now, _ := os.Stat(f.target) // it may have been given another name since
	rename := oneName(f.known) && oneName(now)
	if rename {
		if err = os.Rename(temporary, f.target); err == nil {
			f.syncFolder()
		}
	}
	if !rename || errors.Is(err, syscall.EBUSY) {
		if err = overwrite(f.target, temporary); err != nil {
			return f.rescue(temporary, err)
		}
	}
	if err != nil {
		_ = os.Remove(temporary)
		return err
	}
	f.digest = digest
	if f.kept != "" {
		_ = os.Remove(f.kept) // it is no longer the only place of what it holds
		f.kept = ""
	}
	_ = os.Remove(temporary) // no more there when it was renamed
	return nil
}

// oneName says that a file has no other name, or is not there.
func oneName(info fs.FileInfo) bool { return info == nil || names(info) == 1 }

// rescue keeps a whole file when another one could be written over in part alone, which is ours to write over again.
func (f *File) rescue(whole string, why error) error {
	f.known, _ = os.Stat(f.target)
	kept := filepath.Join(filepath.Dir(f.target), f.name()+".kept-"+strings.TrimPrefix(filepath.Base(whole), f.beside("saving-")))
	if err := os.Rename(whole, kept); err != nil {
		kept = whole
	}
	f.kept = kept
	return fmt.Errorf("it could not be written over: %w; the state is kept in %s", why, kept)
}

// syncFolder has the new name survive a power cut.
func (f *File) syncFolder() {
	if folder, err := os.Open(filepath.Dir(f.target)); err == nil {
		_ = folder.Sync() // not every file system can
		_ = folder.Close()
	}
}

// overwrite writes over a file what another one holds.
func overwrite(path, with string) error {
	from, err := os.Open(with)
	if err != nil {
		return err
	}
	defer from.Close()
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Sync(), file.Close())
}

// name is what the state file is called in its folder.
func (f *File) name() string { return filepath.Base(f.target) }

// beside is the name of a file that stands beside the state file.
func (f *File) beside(what string) string { return "." + f.name() + "." + what }

// maxLinks is how many links are followed.
const maxLinks = 40

// follow follows symbolic links to what need not be there, so that a link is not replaced by a file.
func follow(path string) (string, error) {
	for range maxLinks {
		to, err := os.Readlink(path)
		if err != nil { // no link, or nothing at all
			return path, nil
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return "", fmt.Errorf("%s: expected a file, it is a link that leads to itself", path)
}

// literal is a name as a pattern that means itself alone.
func literal(name string) string {
	var b []byte
	for _, c := range []byte(name) {
		if c == '*' || c == '?' || c == '[' || c == '\\' && filepath.Separator != '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return string(b)
}
