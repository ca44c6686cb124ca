/** Finds data by name, file or folder, and reads and writes PNG and JPEG images. */
package dev.linnet.data;
