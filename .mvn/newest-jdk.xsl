<?xml version="1.0" encoding="UTF-8"?>
<!-- Reads the JDKs that maven-toolchains-plugin discovered, writes the newest one as properties. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:t="http://maven.apache.org/TOOLCHAINS/1.1.0">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/">
    <xsl:for-each select="//t:toolchain[t:type = 'jdk']">
      <!-- 25.0.3, 26 and 26-ea: the feature number first, then the text of the version -->
      <xsl:sort select="substring-before(translate(concat(t:provides/t:version, '.'), '-+', '..'), '.')"
                data-type="number" order="descending"/>
      <!-- the running JDK stands first among equals -->
      <xsl:sort select="count(t:provides/t:current)" data-type="number" order="descending"/>
      <xsl:sort select="t:provides/t:version" order="descending"/>
      <xsl:if test="position() = 1">
        <xsl:text>newest.jdk.home=</xsl:text>
        <xsl:value-of select="t:configuration/t:jdkHome"/>
        <xsl:text>&#10;newest.jdk.version=</xsl:text>
        <xsl:value-of select="t:provides/t:version"/>
        <xsl:text>&#10;newest.jdk.is.running=</xsl:text>
        <xsl:value-of select="count(t:provides/t:current) = 1"/>
        <xsl:text>&#10;</xsl:text>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
