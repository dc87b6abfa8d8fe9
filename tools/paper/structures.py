"""Structures by ViennaRNA: free energies, locally stable structures, and how alike such structures are."""
import RNA

LONGEST_SPAN = 100  # of a base pair in a local structure
SMALLEST = 20  # bases of a local structure that says anything


def free_energy(sequence):
    """Minimum free energy in kcal/mol for each base."""
    return RNA.fold(sequence)[1] / max(len(sequence), 1)


def local_structures(sequence):
    """[(energy in kcal/mol, dot-bracket)], as RNALfold finds them, the most stable first."""
    found = []
    model = RNA.md()
    model.max_bp_span = model.window_size = min(LONGEST_SPAN, len(sequence))
    fold = RNA.fold_compound(sequence, model, RNA.OPTION_WINDOW)
    fold.mfe_window_cb(lambda start, end, structure, energy, data: data.append((energy, structure)), found)
    return sorted((energy, structure) for energy, structure in found if len(structure) >= SMALLEST)


class Tree:
    """A structure as a homeomorphically irreducible tree, owned by ViennaRNA's C."""

    def __init__(self, structure):
        self.size = len(structure)
        self.tree = RNA.make_tree(RNA.db_to_tree_string(structure, RNA.STRUCTURE_TREE_HIT))

    def __del__(self):
        RNA.free_tree(self.tree)

    def likeness(self, other):
        """1 for the same structure, less the more must be edited, for each base of both."""
        return 1 - RNA.tree_edit_distance(self.tree, other.tree) / (self.size + other.size)


def library(sequences):
    """The most stable local structure of each sequence that has one."""
    return [Tree(found[0][1]) for found in map(local_structures, sequences) if found]


def likeness(sequence, known, most=4):
    """The greatest likeness of the sequence's `most` most stable local structures to the known ones; 0 without structures."""
    own = [Tree(structure) for _, structure in local_structures(sequence)[:most]]
    return max((tree.likeness(other) for tree in own for other in known), default=0.0)
