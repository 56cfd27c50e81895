"""Java with Spring Boot's way of answering, its exceptions those of the JDK; the Java beside this file is run by java."""

import os
import sys
from pathlib import Path

os.execvp("java", ["java", "-Xmx256m", str(Path(__file__).with_name("Spring.java")), sys.argv[1]])
