package stage

import "slices"

// Listed is a scenario in a list.
type Listed struct {
	Name        string // it is known by it
	Shows       string // what it shows, as a sentence
	Description string // more about it
	Steps       int    // how many it has
	Shipped     bool   // it came with the program, and no file of the folder has its name
}

// List lists all scenarios that are known by their names, sorted by them: the folder's, and the shipped ones that it does
// not replace.
func (s *Stage) List(f *Folder) ([]Listed, error) {
	names := append(f.names(), s.ShippedNames()...)
	slices.Sort(names)
	list := []Listed{}
	for _, name := range slices.Compact(names) {
		_, own := f.find(name)
		if l, known := s.shown.Load(name); known && !own {
			list = append(list, l.(Listed))
			continue
		}
		file, err := s.Named(f, name)
		if err != nil {
			return nil, err
		}
		read, err := s.parse(file)
		if err != nil {
			return nil, err
		}
		l := Listed{Name: name, Shows: read.Name, Description: read.Description, Steps: len(read.Steps), Shipped: !own}
		if !own {
			s.shown.Store(name, l)
		}
		list = append(list, l)
	}
	return list, nil
}
