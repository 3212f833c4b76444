package platform

// Undoably runs do, which may commit several times, and returns the world to how it was before when do fails. What was
// delivered meanwhile stays delivered.
func (w *World) Undoably(do func() error) error {
	w.mu.Lock()
	before := w.keep()
	w.mu.Unlock()
	err := do()
	if err != nil {
		w.mu.Lock()
		w.back(before)
		w.mu.Unlock()
	}
	return err
}
