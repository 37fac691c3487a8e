use strict;
use warnings;

sub filled {
    my ($size, $down, $across, $modulus) = @_;
    my @rows;
    for my $i (0 .. $size - 1) {
        push @rows, [map { ($i * $down + $_ * $across) % $modulus } 0 .. $size - 1];
    }
    return \@rows;
}

sub product {
    my ($a, $b, $modulus) = @_;
    my $last = $#$a;
    my @rows;
    for my $left (@$a) {
        my @row;
        for my $j (0 .. $last) {
            my $sum = 0;
            for my $k (0 .. $last) {
                $sum += $left->[$k] * $b->[$k][$j];
            }
            push @row, $sum % $modulus;
        }
        push @rows, \@row;
    }
    return \@rows;
}

my ($size, $rounds) = @ARGV;
my $left  = filled($size, 7, 13, 101);
my $right = filled($size, 11, 5, 103);
$left = product($left, $right, 101) for 1 .. $rounds;
my $total = 0;
for my $i (0 .. $size - 1) {
    for my $j (0 .. $size - 1) {
        $total += $left->[$i][$j] * ($i * $size + $j + 1);
    }
}
print "$total\n";
