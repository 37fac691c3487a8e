use strict;
use warnings;

my $PIECES = 1000;

my $rounds = $ARGV[0];
my $seed   = 42;
my $hash   = 0;
my $length = 0;
for (1 .. $rounds) {
    my $text = '';
    for my $i (0 .. $PIECES - 1) {
        $seed = $seed * 16807 % 2147483647;
        $text .= 'n';
        $text .= $seed % 100000;
        $text .= $i % 10 == 9 ? "\n" : ', ';
    }
    my $size = length $text;
    $length += $size;
    for (my $i = 0; $i < $size; $i += 7) {
        $hash = ($hash * 31 + ord substr $text, $i, 1) % 1000003;
    }
}
print $length * 1000003 + $hash, "\n";
