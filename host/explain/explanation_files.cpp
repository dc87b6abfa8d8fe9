#include "host/explain/explanation_files.h"

#include "host/explain/window_picture.h"

namespace iresweep {

ExplanationFiles::ExplanationFiles(const ExplanationFileOptions& options, const Methods& methods,
                                   const std::vector<Contig>& contigs)
    : methods_(methods), facts_(options.facts) {
  using Kind = ExplanationFileOptions::Kind;
  if (options.kind == Kind::npz)
    arrays_ = std::make_unique<ExplanationArrays>(options.path, methods);
  else
    table_ = std::make_unique<ExplanationTable>(options.path, options.kind == Kind::tsv_gz, methods);
  if (!options.track.prefix.empty()) tracks_ = std::make_unique<ExplanationTracks>(options.track, methods, contigs);
  if (!options.svg.empty()) svg_ = std::make_unique<OutputFile>(options.svg, OutputFile::Packing::plain);
  if (!options.html.empty()) html_ = std::make_unique<OutputFile>(options.html, OutputFile::Packing::plain);
}

void ExplanationFiles::write(const Explanation& explanation) {
  if (table_) table_->write(explanation);
  if (arrays_) arrays_->write(explanation);
  if (tracks_) tracks_->write(explanation);
  if ((svg_ || html_) && (!best_ || explanation.window.logit > best_->window.logit)) best_ = explanation;
}

void ExplanationFiles::commit() {
  if (!best_) svg_.reset(), html_.reset();
  if (svg_) svg_->write(window_svg(*best_, methods_));
  if (html_) html_->write(explanation_page(*best_, methods_, facts_));
  for (OutputFile* file : {svg_.get(), html_.get()})
    if (file != nullptr) file->close();
  if (tracks_) tracks_->close();
  if (arrays_) arrays_->close();
  if (table_) table_->file().commit();
  if (arrays_) arrays_->file().commit();
  if (tracks_) tracks_->commit();
  for (OutputFile* file : {svg_.get(), html_.get()})
    if (file != nullptr) file->commit();
}

std::vector<std::string> ExplanationFiles::temporary_paths() const {
  std::vector<std::string> paths;
  if (tracks_) paths = tracks_->temporary_paths();
  for (const OutputFile* file :
       {table_ ? &table_->file() : nullptr, arrays_ ? &arrays_->file() : nullptr, svg_.get(), html_.get()})
    if (file != nullptr && file->renames()) paths.push_back(file->written_path());
  return paths;
}

}  // namespace iresweep
