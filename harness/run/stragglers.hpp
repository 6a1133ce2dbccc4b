#pragma once
// Processes of a block that outlived its leader and left its group: as the reaper of orphans we inherit them.

namespace unitcost {

/// Kills and reaps every child that this process still has. Returns how many had to be killed.
int kill_stragglers();

}  // namespace unitcost
