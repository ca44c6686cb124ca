/** The search layer and the command line of Linnet. */
module dev.linnet {
  exports dev.linnet.data;
  exports dev.linnet.estimate.table;
  exports dev.linnet.report;
  exports dev.linnet.search;
  exports dev.linnet.space;
  exports dev.linnet.study;

  requires transitive dev.linnet.core;
  requires transitive com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.desktop;
  requires java.management;

  opens dev.linnet.cli to
      info.picocli;
}
