use strict;
use warnings;

my $WORDS = 5000;

my $seed = 42;
my %counts;
for (1 .. $ARGV[0]) {
    $seed = $seed * 16807 % 2147483647;
    $counts{ 'w' . $seed % $WORDS }++;
}
my $total = 0;
while (my ($word, $count) = each %counts) {
    $total += $count * $count * length $word;
}
print $total + keys %counts, "\n";
