# cmake -DOBJDUMP=… -DPROCESSOR=… -DMACHINES=a,b -DOBJECTS=a.o,b.o -DOUTPUT=file.cpp -P CountIndirectJumps.cmake
# Counts the indirect jumps in each object file and writes vm_shape() with the counts. Never stops a build: what cannot be counted is absent.

# As objdump prints them. Calls and returns are not meant; on ARM and RISC-V a return is a jump through the link register.
if(PROCESSOR MATCHES "^(x86_64|amd64|AMD64|i[3-6]86)$")
  set(jump "\tjmp +\\*|\tnotrack jmp +\\*|\tjmp +[^\n]*__x86_indirect_thunk")
elseif(PROCESSOR MATCHES "^(aarch64|arm64)")
  set(jump "\tbra?[ab]?z?\tx")
elseif(PROCESSOR MATCHES "^riscv")
  set(jump "\tc?\\.?jr\t[ast][0-9]")
elseif(PROCESSOR MATCHES "^(ppc|powerpc)")
  set(jump "\tbctr[ \n]")
else()
  set(jump "")
endif()

string(REPLACE "," ";" MACHINES "${MACHINES}")
string(REPLACE "," ";" OBJECTS "${OBJECTS}")
set(members "")
foreach(machine object IN ZIP_LISTS MACHINES OBJECTS)
  set(count "std::nullopt")
  if(OBJDUMP AND jump)
    execute_process(COMMAND "${OBJDUMP}" --disassemble --no-show-raw-insn "${object}"
      OUTPUT_VARIABLE listing ERROR_VARIABLE problem RESULT_VARIABLE status)
    if(status EQUAL 0)
      string(REPLACE ";" "," listing "${listing}")  # a comment of the disassembler must not split the list of hits
      string(REGEX MATCHALL "${jump}" hits "${listing}")
      list(LENGTH hits count)
    else()
      message(WARNING "The indirect jumps of ${object} were not counted: ${problem}")
    endif()
  endif()
  string(APPEND members "  shape.${machine}_jumps = ${count};\n")
endforeach()

file(WRITE "${OUTPUT}" "// Written by cmake/CountIndirectJumps.cmake.
#include \"benchmarks/interpreter/vm_shape.hpp\"

namespace unitcost {

VmShape vm_shape() {
  VmShape shape;
${members}  return shape;
}

}  // namespace unitcost
")
