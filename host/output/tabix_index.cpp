#include "host/output/tabix_index.h"

#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/hts_log.h>
#include <htslib/tbx.h>

#include <cerrno>
#include <memory>

#include "host/output/output_file.h"

namespace iresweep {
namespace {

constexpr int kCsiMinShift = 14;  // as tabix has it

}  // namespace

bool write_tabix_index(const std::string& data, const std::string& index, const TabixOptions& options,
                       const std::string& shown) {
  hts_set_log_level(HTS_LOG_OFF);  // what HTSlib finds ends in our errors, not on standard error
  const std::unique_ptr<BGZF, decltype(&bgzf_close)> file(bgzf_open(data.c_str(), "r"), bgzf_close);
  if (!file) throw_output_error(shown, "read the data back for it", errno);
  tbx_conf_t layout = options.vcf ? tbx_conf_vcf : tbx_conf_bed;
  layout.line_skip = options.skip_lines;
  const std::unique_ptr<tbx_t, decltype(&tbx_destroy)> tabix(
      tbx_index(file.get(), options.csi ? kCsiMinShift : 0, &layout), tbx_destroy);
  if (!tabix && file->errcode != 0) throw_output_error(shown, "read the data back for it", EIO);
  if (!tabix) return false;
  errno = 0;
  if (hts_idx_save_as(tabix->idx, data.c_str(), index.c_str(), options.csi ? HTS_FMT_CSI : HTS_FMT_TBI) != 0 ||
      !sync_to_disk(index))
    throw_output_error(shown, "write", errno ? errno : EIO);
  return true;
}

}  // namespace iresweep
