/** Words for people. */
package dev.linnet.text;
