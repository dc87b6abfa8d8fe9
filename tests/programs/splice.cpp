// Writes the transcripts that a scan reads as FASTA: splice GENOME ANNOTATION
#include <cstdio>

#include "host/input/gene_models/transcript_source.h"
#include "iresweep/error.h"

int main(int count, char** words) {
  using namespace iresweep;
  if (count != 3) return 2;
  try {
    Contradictions contradictions(false);
    const auto source =
        transcripts_of_genome(std::make_unique<Genome>(std::vector<std::string>{words[1]}, ""),
                              read_gene_models(words[2], contradictions), Feature::transcript, contradictions);
    bool fresh = true;
    while (const auto piece = source->next()) {
      if (fresh) std::printf(">%s\n", piece->record->name.c_str());
      for (const BaseCode code : piece->codes) std::putchar("ACGTN"[code]);
      if (piece->last) std::putchar('\n');
      fresh = piece->last;
    }
    for (const std::string& note : contradictions.notes()) std::fprintf(stderr, "%s\n", note.c_str());
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s\n", error.where.c_str(), error.what());
    return 1;
  }
}
