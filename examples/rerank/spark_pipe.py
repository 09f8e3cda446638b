"""Re-rank with Spark: spark-submit --files leimu spark_pipe.py rows.jsonl answers

pipe() hands each partition to a process of its own and keeps the order of its lines. Rows
carry their id, as lines of different partitions are numbered each from 1.
"""
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("leimu").getOrCreate()
rows = spark.sparkContext.textFile(sys.argv[1], minPartitions=64)
# Status 1 says that some rows are in error, which their answers tell; 2 and more is a failed run.
command = "sh -c './leimu rerank --quiet --workers 1 || [ $? -eq 1 ]'"
rows.pipe(command, checkCode=True).saveAsTextFile(sys.argv[2])
spark.stop()
