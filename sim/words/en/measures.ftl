# What a measure of a sweep is called.

measure-others = other signatories
measure-number = the number of { $label }
measure-among = { $name } among { $part }
measure-how-many = how many { $whose } sign
