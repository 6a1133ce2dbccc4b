# cmake -DOBJDUMP=… -DPROCESSOR=… -DMACHINES=a,b -DOBJECTS=a.o,b.o -DOUTPUT=file.cpp -P CountIndirectJumps.cmake
# Counts the indirect jumps in each object file and writes vm_shape() with the counts. Never stops a build: what cannot be counted is absent.

# As the disassemblers of GNU (`jmp    *%rax`) and LLVM (`jmpq<tab>*%rax`) print them. Calls and returns are not meant; on RISC-V a
# return is a jump through the link register.
if(PROCESSOR MATCHES "^(x86_64|amd64|AMD64|i[3-6]86)$")
  set(jump "\t(notrack )?jmp[lq]?[ \t]+(\\*|[^\n]*__x86_indirect_thunk)")
elseif(PROCESSOR MATCHES "^(aarch64|arm64)")
  set(jump "\tbr(a[ab]z?)?[ \t]+x")
elseif(PROCESSOR MATCHES "^riscv")
  set(jump "\t(c\\.)?jr[ \t]+[ast][0-9]")
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
    if(NOT status EQUAL 0)
      message(WARNING "The indirect jumps of ${object} were not counted: ${problem}")
    else()
      string(REPLACE ";" "," listing "${listing}")  # a comment of the disassembler must not split the list of hits
      string(REGEX MATCHALL "${jump}" hits "${listing}")
      list(LENGTH hits hit_count)
      if(machine STREQUAL "goto" AND hit_count EQUAL 0)  # no compiler can do that: it is printed in a way that is not known here
        message(WARNING "${OBJDUMP} shows no indirect jump where there must be one; dispatch will not be measured")
        set(members "")
        break()
      endif()
      set(count ${hit_count})
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
